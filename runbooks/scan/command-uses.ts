import { cliActions, cliCall, cliWords } from "./az-cli.ts";
import { azActions, isAzCmdlet } from "./az-cmdlets.ts";
import { azGraphCall } from "./az-graph.ts";
import { givenText } from "./binding.ts";
import type { Bound } from "./binding.ts";
import { UnknownCmdlets, callsNamed } from "./cmdlet-names.ts";
import type { Findings } from "./findings.ts";
import { cmdletCall, isGraphCmdlet } from "./graph-cmdlets.ts";
import type { Machine } from "./machine.ts";
import { otherModule } from "./other-apis.ts";
import type { Requests } from "./requests.ts";
import { signInKind } from "./sign-in.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Command } from "./syntax.ts";
import { plain } from "./values.ts";
import type { Value } from "./values.ts";
import { wrapperApi } from "./wrapper-apis.ts";
import { wrapperRequest } from "./wrappers.ts";
import type { Wrapper } from "./wrappers.ts";

/** A command of a script with its arguments. */
export interface Use {
    readonly machine: Machine;
    readonly command: Command;
    readonly name: string;
    readonly bound: Bound;
    readonly input: Value | undefined;
}

/** What cmdlets and commands of the Azure CLI do; everything found goes to the findings. */
export class CommandUses {
    private readonly findings: Findings;
    private readonly requests: Requests;
    private readonly wrappers: readonly Wrapper[];
    private readonly textAt: (line: number) => string;
    private readonly unknownCmdlets = new UnknownCmdlets();
    private isBeta = false;

    constructor({ findings, requests, wrappers, textAt }: Surroundings) {
        this.findings = findings;
        this.requests = requests;
        this.wrappers = wrappers;
        this.textAt = textAt;
    }

    azureCli({ line }: Command, bound: Bound): void {
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

    cmdlet(use: Use): void {
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
