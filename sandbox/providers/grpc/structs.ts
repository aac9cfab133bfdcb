import structs from "google-protobuf/google/protobuf/struct_pb.js";
import { withoutNulls } from "../values.ts";
import type { Properties } from "../values.ts";

export type Struct = InstanceType<typeof structs.Struct>;
/** Properties from the engine, without nulls. */
export const fromStruct = (struct: Struct | undefined): Properties =>
    struct === undefined ? {} : withoutNulls(struct.toJavaScript());

/** Properties to the engine. */
export const toStruct = (properties: Properties): Struct => structs.Struct.fromJavaScript(properties);
