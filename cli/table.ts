import { styleText } from "node:util";
import Table from "cli-table3";

const LEAST_WIDTH = 80;
const WIDEST = 140;
const PADDING = 2;

/** How a table looks. */
export interface TableLook {
    readonly head: readonly string[];
    /** Each column's share of the width; together 1. */
    readonly shares: readonly number[];
    /** The column that is coloured, and the colour of each row in it. */
    readonly styled: number;
    readonly styles: readonly Parameters<typeof styleText>[0][];
    /** Width of the terminal. */
    readonly columns: number;
}

/** Column widths that fill a terminal, never less than their content can be read in. */
const widths = ({ shares, columns }: TableLook): number[] => {
    const borders = shares.length + 1;
    const room = Math.min(WIDEST, Math.max(LEAST_WIDTH, columns)) - borders;
    return shares.map(share => Math.floor(share * room));
};

/** Breaks words that are longer than their column, after a dot, slash or dash where there is one. */
const breakLong = (text: string, width: number): string =>
    text
        .split(" ")
        .map(
            word =>
                word.match(new RegExp(`.{1,${width}}$|.{1,${width - 1}}[./-]|.{1,${width}}`, "g"))?.join("\n") ?? word,
        )
        .join(" ");

/** Rows of texts as a table that fits a terminal. */
export const tableOf = (look: TableLook, rows: readonly (readonly string[])[]): string => {
    const colWidths = widths(look);
    const style = { head: process.stdout.isTTY ? ["bold"] : [], border: [] };
    const table = new Table({ head: [...look.head], colWidths, wordWrap: true, style });
    for (const [at, row] of rows.entries()) {
        const cells = row.map((cell, i) => breakLong(cell, (colWidths[i] ?? WIDEST) - PADDING));
        const coloured = styleText(look.styles[at] ?? "reset", cells[look.styled] ?? "", { stream: process.stdout });
        table.push(cells.with(look.styled, coloured));
    }
    return table.toString();
};
