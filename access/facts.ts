import { readFileSync } from "node:fs";

/** The compiled fact tables in `access/facts/`; where each comes from is in `access/facts/SOURCES.md`. */
export type FactTable =
    "app-roles" | "directory-roles" | "graph-calls" | "graph-cmdlets" | "azure-roles" | "azure-actions" | "azure-rest";

/** Reads one compiled table. Callers keep the result: a table is read once, when it is first asked for. */
export const readFacts = <T>(table: FactTable): T =>
    JSON.parse(readFileSync(new URL(`./facts/${table}.json`, import.meta.url), "utf8")) as T;

/** A value computed at its first use and kept. */
export const lazy = <T extends object>(make: () => T): (() => T) => {
    let value: T | undefined;
    return () => (value ??= make());
};
