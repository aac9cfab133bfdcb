const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is a GUID as Azure and Entra write ids, in any case and of any version. */
export const isGuid = (text: string): boolean => GUID.test(text);
