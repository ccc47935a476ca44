export declare const SOURCE: string;
export declare function compileKernels(): Promise<Uint8Array>;
