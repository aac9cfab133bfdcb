import type { GivenRight } from "./given-right.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import type { Held } from "./subject-grants.ts";

/** Who holds a right, with all that it holds where the stack around it is seen. */
export const heldOf = ({ holder, right }: GivenRight, defined: StackDefinitions): Held => ({
    holder,
    held: defined.isWhole ? defined.heldBy(holder.key) : [],
    members: defined.isWhole ? defined.membersOf(holder.key) : [],
    isWhole: defined.isWhole,
    ...(right.reason !== undefined && { reason: right.reason }),
    ...(right.owner !== undefined && { owner: right.owner }),
});
