/**
 * Compiles the shapes of the stand-in azure-native provider's resource types from the SDK's type declarations:
 * names, kinds and requiredness of inputs and outputs, no descriptions.
 * Run with `node scripts/provider-shapes.ts` after a row is added or the SDK is updated.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";
import { ROWS } from "../sandbox/providers/azure-native/rows.ts";

const SDK = dirname(createRequire(import.meta.url).resolve("@pulumi/azure-native/package.json"));
const OUT = join(import.meta.dirname, "../sandbox/providers/azure-native/shapes.json");

type Members = Readonly<Record<string, string>>;

const parse = (file: string): ts.SourceFile =>
    ts.createSourceFile(file, readFileSync(join(SDK, file), "utf8"), ts.ScriptTarget.Latest, false);

const nameOf = (node: { name?: ts.Node | undefined }): string =>
    node.name !== undefined && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name)) ? node.name.text : "";

/** Interfaces by `module:Name`; the files hold one namespace per module. */
const readTypes = (file: string): ReadonlyMap<string, ts.InterfaceDeclaration> => {
    const found = new Map<string, ts.InterfaceDeclaration>();
    for (const statement of parse(file).statements) {
        if (!ts.isModuleDeclaration(statement) || statement.body === undefined) continue;
        if (!ts.isModuleBlock(statement.body)) continue;
        for (const member of statement.body.statements)
            if (ts.isInterfaceDeclaration(member)) found.set(`${nameOf(statement)}:${nameOf(member)}`, member);
    }
    return found;
};

const TYPES = { inputs: readTypes("types/input.d.ts"), outputs: readTypes("types/output.d.ts") };

const KEYWORDS: Readonly<Record<number, string>> = {
    [ts.SyntaxKind.StringKeyword]: "string",
    [ts.SyntaxKind.NumberKeyword]: "number",
    [ts.SyntaxKind.BooleanKeyword]: "boolean",
    [ts.SyntaxKind.AnyKeyword]: "any",
};

const textOf = (name: ts.EntityName): string =>
    ts.isIdentifier(name) ? name.text : `${textOf(name.left)}.${name.right.text}`;

class Compiler {
    readonly types: Record<string, Members> = {};

    kind(type: ts.TypeNode): string {
        if (ts.isArrayTypeNode(type)) return `${this.kind(type.elementType)}[]`;
        if (ts.isParenthesizedTypeNode(type)) return this.kind(type.type);
        if (ts.isUnionTypeNode(type)) return this.union(type);
        if (ts.isTypeReferenceNode(type)) return this.reference(type);
        if (ts.isTypeLiteralNode(type)) {
            const index = type.members.find(ts.isIndexSignatureDeclaration);
            return index === undefined ? "any" : `{${this.kind(index.type)}}`;
        }
        return KEYWORDS[type.kind] ?? "any";
    }

    union(type: ts.UnionTypeNode): string {
        const kinds = type.types.filter(part => part.kind !== ts.SyntaxKind.UndefinedKeyword).map(p => this.kind(p));
        const distinct = [...new Set(kinds)];
        return distinct.length === 1 ? (distinct[0] ?? "any") : "any";
    }

    reference(type: ts.TypeReferenceNode): string {
        const name = textOf(type.typeName);
        const [argument] = type.typeArguments ?? [];
        if (["pulumi.Input", "pulumi.Output"].includes(name) && argument !== undefined) return this.kind(argument);
        const [side, module, local] = name.split(".");
        if (side === "enums") return "string";
        if ((side !== "inputs" && side !== "outputs") || module === undefined || local === undefined) return "any";
        return `#${this.type(side, `${module}:${local}`)}`;
    }

    type(side: "inputs" | "outputs", key: string): string {
        const declaration = TYPES[side].get(key);
        if (declaration === undefined) throw new Error(`the SDK declares no type '${key}' among its ${side}`);
        if (!(key in this.types)) {
            this.types[key] = {};
            this.types[key] = this.members(declaration.members);
        }
        return key;
    }

    members(members: ts.NodeArray<ts.TypeElement | ts.ClassElement>): Members {
        const entries = members.flatMap(member => {
            const property = ts.isPropertySignature(member) || ts.isPropertyDeclaration(member) ? member : undefined;
            if (property?.type === undefined || property.modifiers?.some(m => m.kind === ts.SyntaxKind.StaticKeyword))
                return [];
            const required = property.questionToken === undefined ? "!" : "";
            const name = nameOf(property);
            const kind = name === "userAssignedIdentities" ? "set" : this.kind(property.type);
            return [[name, kind + required] as const];
        });
        return Object.fromEntries(entries);
    }
}

const resource = (compiler: Compiler, token: string): { readonly inputs: Members; readonly outputs: Members } => {
    const [module = "", name = ""] = token.split(":");
    const file = parse(`${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}.d.ts`);
    const args = file.statements.filter(ts.isInterfaceDeclaration).find(s => nameOf(s) === `${name}Args`);
    const type = file.statements.filter(ts.isClassDeclaration).find(s => nameOf(s) === name);
    if (args === undefined || type === undefined) throw new Error(`the SDK declares no resource '${token}'`);
    return { inputs: compiler.members(args.members), outputs: compiler.members(type.members) };
};

const lines = (record: object): string =>
    Object.entries(record)
        .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
        .join(",\n");

/** The text of the compiled file. */
export const compileShapes = (): string => {
    const { version } = JSON.parse(readFileSync(join(SDK, "package.json"), "utf8")) as { version: string };
    const compiler = new Compiler();
    const resources = Object.fromEntries(Object.keys(ROWS).map(token => [token, resource(compiler, token)]));
    const types = Object.entries(compiler.types).sort(([a], [b]) => (a < b ? -1 : 1));
    return [
        `{"version": ${JSON.stringify(version)},`,
        `"resources": {\n${lines(resources)}\n},`,
        `"types": {\n${lines(Object.fromEntries(types))}\n}}\n`,
    ].join("\n");
};

if (import.meta.main) writeFileSync(OUT, compileShapes());
