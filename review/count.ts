/** `1 right`, `2 rights`, `2,000 rights`. */
export const counted = (count: number, noun: string): string =>
    `${inThousands(count)} ${count === 1 ? noun : plural(noun)}`;

const plural = (noun: string): string => (noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`);

/** `12,345`, whatever the machine's language. */
export const inThousands = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/** `a, b and c`. */
export const listed = (items: readonly string[]): string =>
    items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
