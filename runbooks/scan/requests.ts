import { actionsOf } from "../../access/arm-actions.ts";
import { readAddress } from "./address.ts";
import type { Target } from "./address.ts";
import { armPath } from "./arm-ids.ts";
import { batchRequests } from "./batch.ts";
import type { Findings } from "./findings.ts";
import { judgeGraphRequest } from "./graph-request.ts";
import type { Machine } from "./machine.ts";
import type { Request } from "./request.ts";
import { methodName, pairs } from "./request-pairs.ts";
import { grantKind } from "./sign-in-body.ts";
import { holeAt, readable, templateOf } from "./template.ts";
import type { Template } from "./template.ts";
import { NOTHING, holeOf, plain } from "./values.ts";
import type { TextValue, Value } from "./values.ts";

/** Finds what requests ask for and puts it among the findings. */
export class Requests {
    private readonly findings: Findings;
    private readonly textAt: (line: number) => string;

    constructor(findings: Findings, textAt: (line: number) => string) {
        this.findings = findings;
        this.textAt = textAt;
    }

    send(machine: Machine, request: Request): void {
        const isFilled = ([text]: readonly [TextValue, unknown]): boolean => text.parts.length > 0;
        const all = pairs(request.address, request.method);
        const filled = all.filter(isFilled);
        if (filled.length === 0 && request.authorised) {
            this.findings.unknown(
                request.line,
                this.textAt(request.line),
                "the address is empty as far as it can be told",
            );
        }
        for (const [text, method] of filled) this.one(machine, request, templateOf(text), method);
    }

    private one(machine: Machine, request: Request, template: Template, methodValue: Value | undefined): void {
        const target = readAddress(template);
        const isAsked = template.holes.some(({ kind }) => kind === "parameter");
        const { line, via } = this.place(machine, request, template);
        switch (target.to) {
            case "nowhere":
            case "mixed":
            case "others":
                return;
            case "identity":
                this.findings.signIn("managed-identity", request.line);
                return;
            case "sign-in":
                this.findings.signIn(grantKind(request.body), request.line);
                return;
            case "api":
                this.findings.api(target.api, line, via, target.retired);
                return;
            case "arm":
            case "graph":
            case "unknown":
                this.resolve(
                    machine,
                    isAsked ? { ...request, isAsked } : request,
                    template,
                    target,
                    methodValue,
                    line,
                    via,
                );
        }
    }

    private resolve(
        machine: Machine,
        request: Request,
        template: Template,
        target: Target & { path: string },
        methodValue: Value | undefined,
        line: number,
        via: string,
    ): void {
        const method = methodName(
            methodValue,
            request.impliesPost === true && request.body !== undefined ? "POST" : "GET",
        );
        const asked = methodValue === undefined ? undefined : holeOf(methodValue)?.kind;
        if (method === undefined && (request.isAsked === true || asked === "parameter")) return;
        if (method === undefined) {
            const name = methodValue === undefined ? "" : (holeOf(methodValue)?.hole ?? plain(methodValue) ?? "");
            this.findings.unknown(
                line,
                this.textAt(line),
                `the method ('${name}') is decided at run time: ${readable(template)}`,
            );
            return;
        }
        if (target.to === "arm") this.arm(request, method, target.path, template, line, via);
        else this.graph(machine, request, template, target, method, line, via);
    }

    private graph(
        machine: Machine,
        request: Request,
        template: Template,
        target: Target & { path: string },
        method: string,
        line: number,
        via: string,
    ): void {
        if (target.to === "unknown" && request.relativeTo === "arm") {
            this.arm(request, method, target.path, template, line, via);
            return;
        }
        const { judged, isGraph } = judgeGraphRequest(request, target, method, template.inserted);
        if ("call" in judged && isGraph) {
            this.findings.call(judged.call, line, via);
            if (/^\/\$batch$/i.test(judged.call.path)) this.batch(machine, request, judged.call.version, line, via);
            return;
        }
        if (!request.authorised || request.isAsked === true) return;
        const hole = holeAt(template, Math.max(0, template.text.indexOf("\ue000")))?.hole ?? "";
        const reason = "why" in judged ? judged.why : "it is not known which API the address belongs to";
        this.findings.unknown(
            line,
            this.textAt(line),
            `${reason}: ${readable(template) === `$(${hole.slice(1)})` ? hole : readable(template)}`,
        );
    }

    private arm(request: Request, method: string, path: string, template: Template, line: number, via: string): void {
        const named = armPath(path, template);
        const actions = actionsOf(method, named);
        if (actions.length === 0 || actions.some(action => action.includes("{}"))) {
            if (request.isAsked === true) return;
            this.findings.unknown(
                line,
                this.textAt(line),
                `the Azure resource is decided at run time: ${readable(template)}`,
            );
        } else for (const action of actions) this.findings.action(action, line, via, false);
    }

    private batch(machine: Machine, request: Request, version: "v1.0" | "beta", line: number, via: string): void {
        const inner = batchRequests(request.body ?? NOTHING);
        if (inner.requests.length === 0 || inner.open) {
            this.findings.unknown(line, this.textAt(line), "the requests of the batch are decided at run time");
        }
        for (const { address, method } of inner.requests) {
            this.send(machine, {
                address,
                method,
                line: request.line,
                via,
                relativeTo: "graph",
                version,
                authorised: true,
            });
        }
    }

    /** Where the path was written: the request itself, or the call of the helper that was given it. */
    private place(machine: Machine, { line, via }: Request, { depth }: Template): { line: number; via: string } {
        const frame = machine.frames.slice(depth).find(each => !each.isBlock);
        return frame === undefined || depth >= machine.depth ? { line, via } : { line: frame.line, via: frame.name };
    }
}
