import { deploy } from "./program.ts";

/** The stack's outputs: the grant manifest, and what each workload's identity is. */
export const { grants, workloads } = await deploy();
