/** What to do about a damaged file, at the end of a warning. */
export const GET_AGAIN = "get the file again";
