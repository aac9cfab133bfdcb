import { readPath } from "./arm-ids.ts";
import { readBy } from "./az-reads.ts";
import { bindArguments, given, givenText } from "./binding.ts";
import { codeOf } from "./code-text.ts";
import { CommandUses } from "./command-uses.ts";
import type { Use } from "./command-uses.ts";
import type { Findings } from "./findings.ts";
import type { Machine } from "./machine.ts";
import { netRequest } from "./net-requests.ts";
import type { World } from "./world.ts";
import type { Requests } from "./requests.ts";
import type { Include, Surroundings } from "./surroundings.ts";
import type { Block, Command } from "./syntax.ts";
import { anyOf } from "./value-options.ts";
import { NOTHING, plain, unknown } from "./values.ts";
import type { Value } from "./values.ts";
import { WEB_COMMANDS, azRest } from "./web-commands.ts";

const MAX_CODE = 20_000;

/** What a script's commands ask of Microsoft's APIs; everything found goes to the findings. */
export class ScriptWorld implements World {
    private readonly findings: Findings;
    private readonly requests: Requests;
    private readonly include: Include;
    private readonly uses: CommandUses;
    private readonly textAt: (line: number) => string;
    private readonly read: (code: string) => Block;

    constructor(surroundings: Surroundings) {
        const { findings, requests, include, textAt, read } = surroundings;
        this.uses = new CommandUses(surroundings);
        this.findings = findings;
        this.requests = requests;
        this.include = include;
        this.textAt = textAt;
        this.read = read;
    }

    code(text: string): Block | undefined {
        return text.length > MAX_CODE ? undefined : this.read(text);
    }

    command(machine: Machine, command: Command, name: string, input: Value | undefined): Value {
        const bound = bindArguments(machine, command, name);
        const use = { machine, command, name, bound, input };
        if (/^invoke-expression$/i.test(name)) return this.expression(use);
        const answered = this.script(use);
        if (answered !== undefined) return answered;
        const sent = this.web(use);
        if (sent !== undefined)
            return unknown(name, "value", sent.address === undefined ? undefined : readPath(sent.address));
        this.uses.cmdlet(use);
        return unknown(name, "value", readBy(name, bound));
    }

    within<T>(file: string, line: number, work: () => T): T {
        return this.findings.within({ line, via: file }, work);
    }

    method(
        machine: Machine,
        of: Value,
        type: string | undefined,
        name: string,
        args: readonly Value[],
        line: number,
    ): Value | undefined {
        if (type === "scriptblock" && name === "create") return this.block(machine, args[0], line);
        return netRequest(this.requests, machine, of, type, name, args, line);
    }

    /** A script block of the code that a text holds. */
    private block(machine: Machine, text: Value | undefined, line: number): Value | undefined {
        const code = text === undefined ? undefined : codeOf(text);
        const body = code === undefined ? undefined : this.code("\n".repeat(line - 1) + code);
        return body === undefined ? undefined : { t: "block", body, scope: machine.scope };
    }

    /** `Invoke-Expression`: the code runs where it stands. */
    private expression({ machine, command: { line }, name, bound, input }: Use): Value {
        const text = given(bound, "command") ?? bound.positional[0] ?? input;
        const block = this.block(machine, text, line);
        if (block?.t !== "block") {
            this.findings.unknown(line, this.textAt(line), "the code that is run is decided at run time");
            return unknown(name);
        }
        return this.findings.within({ line, via: name }, () => {
            machine.define(block.body.body);
            const made = machine.collect(() => machine.run(block.body.body));
            return made.length === 0 ? NOTHING : anyOf(made);
        });
    }

    private script({ machine, command, name, bound }: Use): Value | undefined {
        if (/\.ps1$/i.test(name)) {
            return (
                this.include(machine, name, bound, command.operator === "." ? "sourced" : "called", command.line) ??
                NOTHING
            );
        }
        if (!/^(start-(azautomationrunbook|azurermautomationrunbook|automationrunbook))$/i.test(name)) return undefined;
        const child = givenText(bound, "name") ?? plain(bound.positional[0]);
        if (child !== undefined) this.include(machine, `${child}.ps1`, bound, "started", command.line);
        if (/-automationrunbook$/i.test(name)) return unknown(name);
        return undefined;
    }

    /** A request that a command sends; undefined for a command that sends none. */
    private web({ machine, command, name, bound }: Use): { readonly address?: Value } | undefined {
        const isAz = /^az(\.cmd|\.exe)?$/i.test(name);
        const made = isAz ? azRest(bound) : WEB_COMMANDS[name.toLowerCase()]?.(bound);
        if (isAz && made === undefined) this.uses.azureCli(command, bound);
        if (/^invoke-msgraphrequest$/i.test(name))
            this.findings.api("Microsoft Graph (Intune module)", command.line, name, true);
        if (made === undefined) return isAz ? {} : undefined;
        this.requests.send(machine, { ...made, line: command.line, via: isAz ? "az rest" : name });
        return { address: made.address };
    }
}
