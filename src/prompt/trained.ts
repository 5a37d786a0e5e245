/**
 * What stands in front of every chunk in the training of all adapters (training/FORM.md); it holds whatever prefix the
 * user's own prompts have, since an adapter knows no other.
 */
export const TRAINED_PREFIX = "Passage:\n";
