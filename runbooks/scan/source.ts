/** Bytes as text: by their mark, else UTF-16 by its zero bytes, else UTF-8, else Windows-1252. Line ends become `\n`. */
export const decodeSource = (bytes: Uint8Array): string => withPlainLines(decode(bytes));

const decoded = (label: string, bytes: Uint8Array): string => new TextDecoder(label).decode(bytes);

/** Share of zero bytes at even or odd places of the beginning. */
const zeros = (bytes: Uint8Array, odd: 0 | 1): number => {
    const sample = bytes.subarray(0, 2_000);
    let count = 0;
    for (let at: number = odd; at < sample.length; at += 2) if (sample[at] === 0) count++;
    return count / Math.max(1, sample.length / 2);
};

const decode = (bytes: Uint8Array): string => {
    const [first, second] = bytes;
    if (first === 0xff && second === 0xfe) return decoded("utf-16le", bytes);
    if (first === 0xfe && second === 0xff) return decoded("utf-16be", bytes);
    if (zeros(bytes, 1) > 0.4) return decoded("utf-16le", bytes);
    if (zeros(bytes, 0) > 0.4) return decoded("utf-16be", bytes);
    try {
        return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
        return decoded("windows-1252", bytes);
    }
};

/** A text with `\n` line ends, without mark and zero characters. */
export const withPlainLines = (text: string): string =>
    text
        .replace(/\r\n?/g, "\n")
        .replace(/^\ufeff/, "")
        .replaceAll("\0", "");
