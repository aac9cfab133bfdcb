/** What secrets look like: connection strings, tokens, keys of storage accounts, private keys, addresses with a signature. */
export const SECRET_VALUE =
    /(account|shared\s?access)key\s*=|password\s*=|-----BEGIN [A-Z ]*PRIVATE KEY|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.|[?&]sig=[\w%]{20,}|^"?[A-Za-z0-9+/]{86}=="?$/i;

/** A text that PowerShell makes a secure string of: `ConvertTo-SecureString 'hunter2' -AsPlainText -Force`. */
const PLAIN_PASSWORD =
    /\bConvertTo-SecureString\b(?=.*-AsPlainText)(?:\s+-AsPlainText|\s+-Force|\s+-String)*\s+(?:"[^"$]+"|'[^']+')/i;

const SECRET_LINE =
    /\b(?:Account|SharedAccess)Key\s*=\s*[A-Za-z0-9+/]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.|[?&]sig=[\w%]{20,}/i;

/** Nobody writes a longer line by hand; what is beyond is not looked at. */
const MOST_LENGTH = 5_000;

const holdsSecret = (line: string): boolean =>
    !line.trimStart().startsWith("#") && (PLAIN_PASSWORD.test(line) || SECRET_LINE.test(line));

/** Lines of a script, counted from one, that hold a secret as plain text. */
export const linesWithSecrets = (text: string): readonly number[] =>
    text.split("\n").flatMap((line, index) => (holdsSecret(line.slice(0, MOST_LENGTH)) ? [index + 1] : []));
