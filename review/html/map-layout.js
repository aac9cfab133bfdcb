/** Where the parts of an access map stand. The page runs the same code again whenever its filters change. */
const TOP = 16;
const GAP = 10;
const GROUP_GAP = 26;
const LANES = 4;
/** On a long map, what rights are on stands anew beside each stretch of it, so that lines stay short. */
const STRETCH = 700;

/** Left edge and width of each column, and height of its boxes. */
export const COLUMNS = {
    identity: { x: 56, width: 226, height: 46 },
    right: { x: 354, width: 344, height: 46 },
    target: { x: 784, width: 312, height: 40 },
};

export const WIDTH = 1112;

const spread = wishes => {
    const { height } = COLUMNS.target;
    const placed = new Map();
    let free = TOP;
    const order = [...wishes].map(([id, { sum, count }]) => [id, sum / count]);
    for (const [id, wish] of order.sort((a, b) => a[1] - b[1])) {
        const y = Math.max(free, Math.round(wish));
        placed.set(id, y);
        free = y + height + GAP;
    }
    return { placed, bottom: free - GAP };
};

/** Stacks identities with their rights, and puts what the rights are on beside the middle of them. */
export const layoutMap = groups => {
    const identities = new Map();
    const rights = new Map();
    const targetOf = new Map();
    const wishes = new Map();
    const count = groups.reduce((sum, group) => sum + group.rights.length, 0);
    const isLong = count * (COLUMNS.right.height + GAP) > 2 * STRETCH;
    let y = TOP;
    for (const group of groups) {
        identities.set(group.id, y);
        let at = y;
        for (const { id, target } of group.rights) {
            rights.set(id, at);
            const near = `${target}.${isLong ? Math.floor(at / STRETCH) : 0}`;
            const wish = wishes.get(near) ?? { sum: 0, count: 0 };
            wishes.set(near, { sum: wish.sum + at, count: wish.count + 1 });
            targetOf.set(id, near);
            at += COLUMNS.right.height + GAP;
        }
        y = Math.max(at - GAP, y + COLUMNS.identity.height) + GROUP_GAP;
    }
    const { placed, bottom } = spread(wishes);
    return { identities, rights, targets: placed, targetOf, height: Math.max(y - GROUP_GAP, bottom, TOP) + TOP };
};

const middle = (column, y) => y + column.height / 2;

const curve = (x1, y1, x2, y2) => {
    const bend = (x2 - x1) / 2;
    return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
};

/** The line from an identity to a right. */
export const lineToRight = (identityY, rightY) => {
    const { identity, right } = COLUMNS;
    return curve(identity.x + identity.width, middle(identity, identityY), right.x, middle(right, rightY));
};

/** The line from a right to what it is on. */
export const lineToTarget = (rightY, targetY) => {
    const { right, target } = COLUMNS;
    return curve(right.x + right.width, middle(right, rightY), target.x, middle(target, targetY));
};

/** The line of an escalation from one identity to another, in the margin; lanes keep them apart. */
export const lineOfHop = (fromY, toY, lane) => {
    const { identity } = COLUMNS;
    const x = identity.x - 8;
    const bend = x - 14 - (lane % LANES) * 9;
    const shift = fromY === toY ? 8 : 0;
    const [from, to] = [middle(identity, fromY) - shift, middle(identity, toY) + shift];
    return `M${x + 8} ${from}C${bend} ${from} ${bend} ${to} ${x} ${to}`;
};
