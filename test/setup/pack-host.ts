import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import structs from "google-protobuf/google/protobuf/struct_pb.js";

interface Message {
    [part: string]: (...values: unknown[]) => unknown;
}
type Ask = (request: Message, done: (error: grpc.ServiceError | null, answer: Message) => void) => void;
type Client = Record<
    "analyze" | "analyzeStack" | "remediate" | "configure" | "configureStack" | "getAnalyzerInfo",
    Ask
> & { close(): void };

const types = analyzer as unknown as Record<string, new () => Message> & {
    readonly EnforcementLevel: Readonly<Record<string, number>>;
    readonly PolicySeverity: Readonly<Record<string, number>>;
    readonly PolicyType: Readonly<Record<string, number>>;
};
const { AnalyzerClient } = services as unknown as {
    readonly AnalyzerClient: new (address: string, credentials: grpc.ChannelCredentials) => Client;
};
const RUNNER = fileURLToPath(new URL("../../node_modules/@pulumi/pulumi/cmd/run-policy-pack", import.meta.url));

/** A level and the settings of one rule, as the engine sends them. */
export interface Sent {
    readonly level: string;
    readonly settings?: Readonly<Record<string, unknown>>;
}

const message = (type: string, values: Readonly<Record<string, unknown>>): Message => {
    const made = new (types[type] as new () => Message)();
    for (const [field, value] of Object.entries(values)) made[`set${field}`]?.(value);
    return made;
};

const struct = (given: object): unknown => structs.Struct.fromJavaScript(given as never);

/** What a pack says, as the engine is told it. */
export interface Told {
    readonly rule: string;
    readonly level: string;
    readonly severity: string;
    readonly urn: string;
    readonly message: string;
    readonly description: string;
}

const nameIn = (names: Readonly<Record<string, number>>, value: unknown): string =>
    (Object.keys(names).find(name => names[name] === value) ?? "none").toLowerCase();

const told = (answer: Message): readonly Told[] =>
    (answer["getDiagnosticsList"]?.() as readonly Message[]).map(each => ({
        rule: String(each["getPolicyname"]?.()),
        level: nameIn(types.EnforcementLevel, each["getEnforcementlevel"]?.()),
        severity: nameIn(types.PolicySeverity, each["getSeverity"]?.()),
        urn: String(each["getUrn"]?.()),
        message: String(each["getMessage"]?.()),
        description: String(each["getDescription"]?.()),
    }));

const resourceOf = (kind: string, type: string, properties: object): Message =>
    message(kind, {
        Urn: `urn:pulumi:dev::shop::${type}::it`,
        Type: type,
        Name: "it",
        Properties: struct(properties),
        Options: message("AnalyzerResourceOptions", {}),
    });

/** A pack in the host that the SDK gives packs, asked as the engine asks it. */
export class PackHost {
    readonly #process: ChildProcess;
    readonly #client: Client;
    #said = "";

    private constructor(process: ChildProcess, port: string) {
        this.#process = process;
        this.#client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
        process.stderr?.on("data", (part: Buffer) => (this.#said += part.toString()));
    }

    /** Starts the pack of a folder. */
    static async start(folder: string, env: Readonly<Record<string, string>> = {}): Promise<PackHost> {
        const child = spawn(process.execPath, [RUNNER, "127.0.0.1:1", "."], {
            cwd: folder,
            env: { ...process.env, ...env },
        });
        const [port] = (await once(child.stdout, "data")) as [Buffer];
        return new PackHost(child, port.toString().trim());
    }

    /** Ends the pack, and tells what it has written to standard error. */
    async end(): Promise<string> {
        const closed = once(this.#process, "close");
        this.close();
        await closed;
        return this.#said;
    }

    /** What its policies are declared as: `policy_type_stack`. */
    async types(): Promise<readonly string[]> {
        const info = await this.#ask("getAnalyzerInfo", new empty.Empty() as unknown as Message);
        const policies = info["getPoliciesList"]?.() as readonly Message[];
        return policies.map(each => nameIn(types.PolicyType, each["getPolicyType"]?.()));
    }

    /** Says whether the engine previews, as it does before all else where it runs a program. */
    async begin(preview: boolean): Promise<void> {
        await this.#ask("configureStack", message("AnalyzerStackConfigureRequest", { DryRun: preview }));
    }

    async configure(rules: Readonly<Record<string, Sent>>): Promise<void> {
        const request = message("ConfigureAnalyzerRequest", {});
        const map = request["getPolicyconfigMap"]?.() as Map<string, Message>;
        for (const [name, { level, settings = {} }] of Object.entries(rules)) {
            const Enforcementlevel = types.EnforcementLevel[level.toUpperCase()];
            map.set(name, message("PolicyConfig", { Enforcementlevel, Properties: struct(settings) }));
        }
        await this.#ask("configure", request);
    }

    /** What it says of one resource. */
    async analyze(type: string, properties: object): Promise<readonly Told[]> {
        return told(await this.#ask("analyze", resourceOf("AnalyzeRequest", type, properties)));
    }

    /** What it says of a stack of one resource. */
    async analyzeStack(type: string, properties: object): Promise<readonly Told[]> {
        const ResourcesList = [resourceOf("AnalyzerResource", type, properties)];
        return told(await this.#ask("analyzeStack", message("AnalyzeStackRequest", { ResourcesList })));
    }

    /** What it makes of the properties of one resource, or nothing. */
    async remediate(type: string, properties: object): Promise<readonly unknown[]> {
        const answer = await this.#ask("remediate", resourceOf("AnalyzeRequest", type, properties));
        const made = answer["getRemediationsList"]?.() as readonly Message[];
        return made.map(each => (each["getProperties"]?.() as { toJavaScript(): unknown }).toJavaScript());
    }

    close(): void {
        this.#client.close();
        this.#process.kill();
    }

    #ask(what: keyof Omit<Client, "close">, request: Message): Promise<Message> {
        return new Promise((done, fail) =>
            this.#client[what](request, (error, answer) => (error === null ? done(answer) : fail(error))),
        );
    }
}
