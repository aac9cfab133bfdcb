/** PowerShell as far as the scanner cares: what the grammar's tree is lowered to. */
export type Expr =
    | { readonly k: "text"; readonly parts: readonly (string | Expr)[]; readonly line: number }
    | { readonly k: "var"; readonly name: string; readonly splat: boolean; readonly line: number }
    | { readonly k: "member"; readonly of: Expr; readonly name: Expr; readonly line: number }
    | { readonly k: "index"; readonly of: Expr; readonly index: Expr; readonly line: number }
    | {
          readonly k: "call";
          readonly of: Expr;
          readonly name: Expr;
          readonly args: readonly Expr[];
          readonly line: number;
      }
    | { readonly k: "type"; readonly name: string; readonly line: number }
    | { readonly k: "cast"; readonly type: string; readonly of: Expr; readonly line: number }
    | { readonly k: "unary"; readonly op: string; readonly of: Expr; readonly line: number }
    | { readonly k: "binary"; readonly op: string; readonly left: Expr; readonly right: Expr; readonly line: number }
    | { readonly k: "list"; readonly items: readonly Expr[]; readonly line: number }
    | { readonly k: "table"; readonly entries: readonly (readonly [key: Expr, value: Stmt])[]; readonly line: number }
    | { readonly k: "block"; readonly body: Block; readonly line: number }
    | { readonly k: "group"; readonly body: readonly Stmt[]; readonly array: boolean; readonly line: number };

export type Stmt =
    | { readonly k: "assign"; readonly target: Expr; readonly op: string; readonly value: Stmt; readonly line: number }
    | { readonly k: "pipe"; readonly elements: readonly (Expr | Command)[]; readonly line: number }
    | {
          readonly k: "if";
          readonly clauses: readonly (readonly [condition: Stmt, body: readonly Stmt[]])[];
          readonly otherwise?: readonly Stmt[];
          readonly line: number;
      }
    | {
          readonly k: "switch";
          readonly on: Stmt;
          readonly clauses: readonly (readonly [condition: Expr, body: readonly Stmt[]])[];
          readonly line: number;
      }
    | {
          readonly k: "foreach";
          readonly name: string;
          readonly over: Stmt;
          readonly body: readonly Stmt[];
          readonly line: number;
      }
    | {
          readonly k: "loop";
          readonly form: "while" | "do" | "for";
          readonly first: readonly Stmt[];
          readonly condition: readonly Stmt[];
          readonly step: readonly Stmt[];
          readonly body: readonly Stmt[];
          readonly line: number;
      }
    | {
          readonly k: "try";
          readonly body: readonly Stmt[];
          readonly catches: readonly (readonly Stmt[])[];
          readonly last: readonly Stmt[];
          readonly line: number;
      }
    | { readonly k: "function"; readonly name: string; readonly body: Block; readonly line: number }
    | { readonly k: "flow"; readonly word: string; readonly value?: Stmt; readonly line: number }
    | { readonly k: "nest"; readonly body: readonly Stmt[]; readonly line: number };

/** One command of a pipeline, its arguments in order. */
export interface Command {
    readonly k: "command";
    /** `&`, `.` or nothing. */
    readonly operator: string;
    readonly name: Expr;
    readonly args: readonly Argument[];
    readonly line: number;
    readonly endLine: number;
}

/** `-Name`, a value, or both when joined by a colon. */
export interface Argument {
    readonly name?: string;
    readonly value?: Expr;
}

export interface Parameter {
    readonly name: string;
    readonly fallback?: Expr;
    /** Values a `[ValidateSet()]` leaves. */
    readonly choices: readonly string[];
    readonly isSwitch: boolean;
    /** Parameter sets it belongs to; none is all. */
    readonly sets: readonly string[];
    /** Those of them that cannot be without it. */
    readonly mandatoryIn: readonly string[];
    /** Other names, in lower case. */
    readonly aliases: readonly string[];
}

export interface Block {
    readonly params: readonly Parameter[];
    readonly body: readonly Stmt[];
    readonly line: number;
}
