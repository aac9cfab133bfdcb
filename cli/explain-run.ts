import { alternatives } from "../access/graph-alternatives.ts";
import { narrowerWays } from "../access/graph-narrower.ts";
import { actionsAnswer, callsAnswer } from "./explain-list.ts";
import { explainOne } from "./explain-one.ts";
import { actionsText } from "./explain-actions-text.ts";
import { callsText } from "./explain-calls-text.ts";
import { oneText } from "./explain-one-text.ts";
import { readLines } from "./read-lines.ts";

export interface ExplainOptions {
    readonly calls?: string;
    readonly actions?: string;
    readonly api?: string;
    readonly like?: "microsoft";
    readonly allowRoleAssignments?: boolean;
    readonly json?: boolean;
}

export interface Explanation {
    readonly text: string;
    readonly answered: boolean;
}

const json = (value: unknown): string => JSON.stringify(value);

const explainCalls = async (source: string, options: ExplainOptions): Promise<Explanation> => {
    const answer = callsAnswer(await readLines(source), options.like);
    if (options.json === true) return { text: json(answer.contract), answered: true };
    const { solution, calls } = answer;
    const details = { instead: alternatives(solution, calls), narrower: narrowerWays(solution, calls) };
    return { text: callsText(answer, details), answered: calls.length > 0 };
};

const explainActions = async (source: string, options: ExplainOptions): Promise<Explanation> => {
    const answer = actionsAnswer(await readLines(source), options.allowRoleAssignments ?? false);
    if (options.json === true) return { text: json(answer.contract), answered: true };
    return {
        text: actionsText(answer),
        answered: answer.contract.custom.actions.length + answer.contract.custom.dataActions.length > 0,
    };
};

/**
 * Answers one use of the command.
 * @throws Error for what it is asked about, when that is nothing it knows, and for options that do not go together
 */
export const explain = async (what: readonly string[], options: ExplainOptions): Promise<Explanation> => {
    const { calls, actions } = options;
    const list = calls ?? actions;
    if (list !== undefined && what.length > 0) {
        throw new Error(`'${what.join(" ")}' and a list cannot be explained at once; expected one of them`);
    }
    if (options.like !== undefined && calls === undefined)
        throw new Error("--like answers lists of calls; expected --calls <file>");
    if (calls !== undefined) return explainCalls(calls, options);
    if (actions !== undefined) return explainActions(actions, options);
    const text = what.join(" ").trim();
    if (text === "") {
        throw new Error(
            "nothing to explain; expected a permission, role, call or action, or --calls or --actions with a file",
        );
    }
    const answer = explainOne(text, options);
    return { text: options.json === true ? json(answer) : oneText(answer), answered: true };
};
