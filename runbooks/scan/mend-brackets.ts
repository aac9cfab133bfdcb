import * as p from "./mend-patterns.ts";
import { MendStrings } from "./mend-strings.ts";
import type { Frame } from "./mend-writer.ts";

const OPENERS: Readonly<Record<string, string>> = { "(": ")", "{": "}", "[": "]" };

/** Brackets of all kinds, and what the grammar wants before and after them. */
export abstract class MendBrackets extends MendStrings {
    protected bracket(char: string): boolean {
        if (char in OPENERS || (char === "@" && "({".includes(this.char(1) || " "))) {
            this.open(char);
            return true;
        }
        if (!")}]".includes(char)) return false;
        this.close(char);
        return true;
    }

    protected open(char: string): void {
        const text = char === "@" ? this.source.slice(this.place, this.place + 2) : char;
        const parent = this.top()?.kind;
        const isSwitch = text === "{" && this.switchAt === this.stack.length && this.last === ")";
        if (isSwitch) this.switchAt = -1;
        const kind = isSwitch
            ? "switch"
            : text === "@{"
              ? "table"
              : text === "(" && this.lastWord.toLowerCase() === "param"
                ? "param"
                : text === "(" && this.isArgument()
                  ? "argument"
                  : (char === "[" && !/[\w\])}"']/.test(this.source.charAt(this.place - 1))) ||
                      (parent === "type" && char !== "{")
                    ? "type"
                    : "plain";
        this.stack.push({ open: text.slice(-1), kind, ternaries: 0 });
        this.lastWord = "";
        this.skip(text.length, kind === "argument" ? "((" : text);
        if (text === "{" && this.held > 0) {
            this.out.push("\n".repeat(this.held));
            this.held = 0;
        }
    }

    protected close(char: string): void {
        const frame = this.stack.pop();
        if (frame !== undefined && OPENERS[frame.open] !== char) this.unwind(char, frame);
        this.skip(1, char);
        if (frame?.kind === "argument") this.endArgument();
        if (frame?.kind === "param" && !/^[ \t]*\n/.test(this.source.slice(this.place, this.place + 80))) this.put(";");
        if (char !== "}") return;
        const parent = this.top()?.kind;
        if (parent === "switch" && /^[ \t]*[^\s;})\]#]/.test(this.source.slice(this.place, this.place + 80))) {
            if (!/^[ \t]*\{/.test(this.source.slice(this.place, this.place + 80))) this.put(";");
        }
        const gap = parent === "table" ? this.match(p.BEFORE_ELSE) : null;
        if (gap === null) return;
        this.held += gap[0].split("\n").length - 1;
        this.place += gap[0].length;
        this.out.push(" ");
    }

    /** `-Name ($x.Id).Split("/")[8]`: what follows the brackets belongs to the argument. */
    protected endArgument(): void {
        const suffix = this.match(p.MEMBER_SUFFIX)?.[0] ?? "";
        this.place += suffix.length;
        this.put(`${suffix})`);
    }
    /** A bracket that closes another than the last: the nearest that fits, else none. */
    protected unwind(char: string, frame: Frame): void {
        const fits = this.stack.findLastIndex(({ open }) => OPENERS[open] === char);
        if (fits >= 0) this.stack.length = fits;
        else this.stack.push(frame);
    }
}
