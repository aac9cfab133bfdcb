import type { Call } from "../../access/calls.ts";

export interface FoundCall extends Call {
    readonly line: number;
    /** The command, or the script's own function, that makes it. */
    readonly via: string;
}

export interface FoundAction {
    readonly action: string;
    readonly line: number;
    readonly via: string;
    /** Whether it follows from a rule of naming rather than from a reviewed table. */
    readonly derived: boolean;
}

export interface Unresolved {
    readonly line: number;
    readonly text: string;
    readonly reason: string;
}

export interface OtherApiUse {
    readonly api: string;
    readonly line: number;
    readonly via: string;
    /** Whether Microsoft has retired the API or the module. */
    readonly retired: boolean;
}

export type SignInKind =
    | "managed-identity"
    | "token"
    | "secret"
    | "certificate"
    | "credential-asset"
    | "password"
    | "delegated"
    | "interactive"
    | "run-as";

export interface SignIn {
    readonly kind: SignInKind;
    readonly line: number;
}

export interface CmdletUse {
    readonly name: string;
    readonly line: number;
}

/** Where something was found when it is not where it is written. */
export interface Place {
    readonly line: number;
    readonly via: string;
}

/** What was seen on the way through a script, each thing once. */
export class Findings {
    readonly calls = new Map<string, FoundCall>();
    readonly actions = new Map<string, FoundAction>();
    /** By line: a request has one reason, however many ways lead to it. */
    readonly unresolved = new Map<number, Unresolved>();
    readonly otherApis = new Map<string, OtherApiUse>();
    readonly signIns = new Map<string, SignIn>();
    readonly cmdlets = new Map<string, CmdletUse>();
    private inside: Place | undefined;

    /** While another script is followed, everything is found where it is used. */
    within<T>(place: Place, work: () => T): T {
        const before = this.inside;
        this.inside ??= place;
        try {
            return work();
        } finally {
            this.inside = before;
        }
    }

    call(call: Call, at: number, by: string): void {
        const { line, via } = this.inside ?? { line: at, via: by };
        const key = `${call.method} ${call.version} ${call.path} ${String(line)} ${via}`;
        const known = this.calls.get(key);
        const properties = [...new Set([...(known?.properties ?? []), ...(call.properties ?? [])])].sort();
        this.calls.set(key, { ...call, ...(properties.length > 0 ? { properties } : {}), line, via });
    }

    action(action: string, at: number, by: string, derived: boolean): void {
        const { line, via } = this.inside ?? { line: at, via: by };
        this.actions.set(`${action.toLowerCase()} ${String(line)}`, { action, line, via, derived });
    }

    unknown(at: number, text: string, reason: string): void {
        const line = this.inside?.line ?? at;
        if (!this.unresolved.has(line)) this.unresolved.set(line, { line, text, reason });
    }

    api(api: string, at: number, by: string, retired: boolean): void {
        const { line, via } = this.inside ?? { line: at, via: by };
        this.otherApis.set(`${api} ${via.toLowerCase()} ${String(line)}`, { api, line, via, retired });
    }

    signIn(kind: SignInKind, at: number): void {
        const line = this.inside?.line ?? at;
        this.signIns.set(`${kind} ${String(line)}`, { kind, line });
    }

    cmdlet(name: string, at: number): void {
        const line = this.inside?.line ?? at;
        this.cmdlets.set(`${name.toLowerCase()} ${String(line)}`, { name, line });
    }
}
