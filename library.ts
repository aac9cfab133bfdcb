/**
 * Everything that other programs can use: the components, and what can be asked about access.
 * @packageDocumentation
 */
export * from "./access/index.ts";
export * from "./components/index.ts";
