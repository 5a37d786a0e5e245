/** Opens an HTML file as a reader does; `errors` has what the browser complains about. */
export async function openReport(browser, file, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 }, ...options });
  const errors = [];
  page.on("console", (message) => errors.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => {
    if (!/^(?:file|data):/u.test(request.url())) errors.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${file}`);
  return { page, errors };
}

/**
 * Sources as the browser shows them: number, quote, and each mark as page and rectangle. Lengths are shares of the page's
 * picture, so that neither the window nor the resolution matters.
 */
export async function shownSources(page) {
  const sources = [];
  for (const section of await page.locator("section").all()) {
    const id = Number((await section.getAttribute("id")).replace("source-", ""));
    const quote = await section.locator("blockquote").textContent();
    sources.push({ id, quote, marks: await marksOf(page, id) });
  }
  return sources;
}

async function marksOf(page, id) {
  const marks = [];
  for (const figure of await page.locator("figure", { has: page.locator(`rect.of-${id}`) }).all()) {
    const number = Number(/Page (\d+)/u.exec(await figure.locator("figcaption").textContent())[1]);
    const picture = await figure.locator("img").boundingBox();
    for (const rectangle of await figure.locator(`rect.of-${id}`).all()) {
      const { x, y, width, height } = await rectangle.boundingBox();
      marks.push({
        page: number,
        left: (x - picture.x) / picture.width,
        right: (x + width - picture.x) / picture.width,
        top: (y - picture.y) / picture.height,
        bottom: (y + height - picture.y) / picture.height,
      });
    }
  }
  return marks;
}
