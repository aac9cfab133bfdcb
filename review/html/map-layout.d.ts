interface Column {
    readonly x: number;
    readonly width: number;
    readonly height: number;
}

/** Left edge and width of each column, and height of its boxes. */
export declare const COLUMNS: Readonly<Record<"identity" | "right" | "target", Column>>;
export declare const WIDTH: number;

/** An identity with its rights, by their ids in the map. */
export interface Group {
    readonly id: string;
    readonly rights: readonly { readonly id: string; readonly target: string }[];
}

/** Upper edges by id. */
export interface Layout {
    readonly identities: ReadonlyMap<string, number>;
    readonly rights: ReadonlyMap<string, number>;
    /** What rights are on, by id and stretch of the map: `t3.0`. */
    readonly targets: ReadonlyMap<string, number>;
    /** The one of these that the line of a right leads to. */
    readonly targetOf: ReadonlyMap<string, string>;
    readonly height: number;
}

/** Stacks identities with their rights, and puts what the rights are on beside the middle of them. */
export declare const layoutMap: (groups: readonly Group[]) => Layout;
/** The line from an identity to a right. */
export declare const lineToRight: (identityY: number, rightY: number) => string;
/** The line from a right to what it is on. */
export declare const lineToTarget: (rightY: number, targetY: number) => string;
/** The line of an escalation from one identity to another, in the margin; lanes keep them apart. */
export declare const lineOfHop: (fromY: number, toY: number, lane: number) => string;
