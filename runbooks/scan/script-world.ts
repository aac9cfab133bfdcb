import { readPath } from "./arm-ids.ts";
import { cliActions, cliCall, cliWords } from "./az-cli.ts";
import { azActions, isAzCmdlet } from "./az-cmdlets.ts";
import { azGraphCall } from "./az-graph.ts";
import { readBy } from "./az-reads.ts";
import { bindArguments, given, givenText } from "./binding.ts";
import type { Bound } from "./binding.ts";
import { UnknownCmdlets, callsNamed } from "./cmdlet-names.ts";
import { codeOf } from "./code-text.ts";
import type { Findings } from "./findings.ts";
import { cmdletCall, isGraphCmdlet } from "./graph-cmdlets.ts";
import type { Machine } from "./machine.ts";
import type { World } from "./world.ts";
import { otherModule } from "./other-apis.ts";
import type { Requests } from "./requests.ts";
import { signInKind } from "./sign-in.ts";
import type { Include, Surroundings } from "./surroundings.ts";
import type { Block, Command } from "./syntax.ts";
import { created } from "./two-step-requests.ts";
import { anyOf } from "./value-options.ts";
import { NOTHING, plain, unknown } from "./values.ts";
import type { Value } from "./values.ts";
import { WEB_COMMANDS, azRest, clientRequest } from "./web-commands.ts";
import { wrapperApi, wrapperRequest } from "./wrappers.ts";
import type { Wrapper } from "./wrappers.ts";

const MAX_CODE = 20_000;

interface Use {
    readonly machine: Machine;
    readonly command: Command;
    readonly name: string;
    readonly bound: Bound;
    readonly input: Value | undefined;
}

/** What a script's commands ask of Microsoft's APIs; everything found goes to the findings. */
export class ScriptWorld implements World {
    private readonly findings: Findings;
    private readonly requests: Requests;
    private readonly include: Include;
    private readonly wrappers: readonly Wrapper[];
    private readonly textAt: (line: number) => string;
    private readonly read: (code: string) => Block;
    private readonly unknownCmdlets = new UnknownCmdlets();
    private isBeta = false;

    constructor({ findings, requests, include, wrappers, textAt, read }: Surroundings) {
        this.findings = findings;
        this.requests = requests;
        this.include = include;
        this.wrappers = wrappers;
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
        this.cmdlet(use);
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
        if (type !== undefined) return created(type, name, args);
        if ((name === "getresponse" || name === "getresponseasync") && of.t === "table") {
            const address = of.entries.get("requesturi");
            if (address === undefined) return undefined;
            this.requests.send(machine, {
                address,
                method: of.entries.get("method"),
                line,
                via: "WebRequest",
                authorised: true,
            });
            return unknown("a response");
        }
        if (name === "sendasync" && args[0]?.t === "table") {
            const { entries } = args[0];
            const address = entries.get("requesturi");
            if (address === undefined) return undefined;
            this.requests.send(machine, {
                address,
                method: entries.get("method"),
                body: entries.get("content"),
                line,
                via: "HttpClient",
                authorised: true,
            });
            return unknown("a response");
        }
        const request = clientRequest(name, args);
        if (request === undefined) return undefined;
        this.requests.send(machine, { ...request, line, via: name });
        return unknown("a response");
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
        if (isAz && made === undefined) this.azureCli(command, bound);
        if (/^invoke-msgraphrequest$/i.test(name))
            this.findings.api("Microsoft Graph (Intune module)", command.line, name, true);
        if (made === undefined) return isAz ? {} : undefined;
        this.requests.send(machine, { ...made, line: command.line, via: isAz ? "az rest" : name });
        return { address: made.address };
    }

    private azureCli({ line }: Command, bound: Bound): void {
        const words = cliWords(bound.positional);
        if (words === "login") {
            this.findings.signIn(bound.named.has("identity") ? "managed-identity" : "secret", line);
            return;
        }
        if (
            /^$|^(account|config|configure|extension|version|cloud|logout|upgrade|find|feedback|interactive|bicep)\b/.test(
                words,
            )
        )
            return;
        const via = `az ${words}`;
        const call = cliCall(words);
        const actions = cliActions(words);
        if (call !== undefined) this.findings.call(call, line, via);
        else if (actions !== undefined) for (const action of actions) this.findings.action(action, line, via, true);
        else {
            this.findings.api("Azure CLI", line, via, false);
            this.findings.unknown(line, this.textAt(line), `no action is known for '${via}'`);
        }
    }

    private cmdlet(use: Use): void {
        const { command, name, bound } = use;
        const kind = signInKind(name, bound);
        if (kind !== undefined) this.findings.signIn(kind, command.line);
        if (/^get-automationpscredential$/i.test(name)) this.findings.signIn("credential-asset", command.line);
        if (/^get-automationconnection$/i.test(name)) this.findings.signIn("run-as", command.line);
        if (/^select-mgprofile$/i.test(name))
            this.isBeta = /beta/i.test(givenText(bound, "name") ?? plain(bound.positional[0]) ?? "");
        if (isGraphCmdlet(name)) this.graph(use);
        else if (isAzCmdlet(name)) this.azure(use);
        else if (!this.other(use)) this.wrapper(use);
    }

    private graph({ command: { line }, name, bound, input }: Use): void {
        this.findings.cmdlet(name, line);
        const calls = callsNamed(name, this.isBeta) ?? this.unknownCmdlets.calls(name);
        const call = calls === undefined ? undefined : cmdletCall(calls, bound, input !== undefined);
        if (call === undefined) this.findings.unknown(line, this.textAt(line), this.unknownCmdlets.why(name));
        else this.findings.call(call, line, name);
    }

    private azure({ command: { line }, name, bound, input }: Use): void {
        this.findings.cmdlet(name, line);
        if (/-azurerm/i.test(name)) this.findings.api("AzureRM", line, name, true);
        const graph = azGraphCall(name, bound, input !== undefined);
        if (graph !== undefined) {
            this.findings.call(graph, line, name);
            return;
        }
        const found = azActions(name, bound, input);
        if (typeof found === "string") this.findings.unknown(line, this.textAt(line), found);
        else for (const action of found.actions) this.findings.action(action, line, name, found.derived);
    }

    private other({ command: { line }, name }: Use): boolean {
        const module = otherModule(name);
        if (module === undefined) return false;
        this.findings.cmdlet(name, line);
        this.findings.api(module.api, line, name, module.retired);
        return true;
    }

    private wrapper({ machine, command, name, bound }: Use): void {
        const request = wrapperRequest(name, bound, this.wrappers);
        const api = request === undefined ? wrapperApi(name, bound) : undefined;
        if (api !== undefined) this.findings.api(api, command.line, name, false);
        if (request !== undefined) this.requests.send(machine, { ...request, line: command.line, via: name });
    }
}
