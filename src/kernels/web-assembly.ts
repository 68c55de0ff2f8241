/** The part of the global WebAssembly object that kernels use; TypeScript declares it only together with a browser. */
export interface WebAssemblyGlobal {
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WebAssemblyModule;
  readonly Instance: new (
    module: WebAssemblyModule,
    imports: { readonly env: { readonly memory: WebAssemblyMemory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Memory: new (descriptor: { readonly initial: number }) => WebAssemblyMemory;
}

/** A compiled module. */
export interface WebAssemblyModule {
  readonly [Symbol.toStringTag]: string;
}

/** Linear memory in pages of 64 KiB; its buffer is another one after it has grown. */
export interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The global object; there is none where Node runs without a compiler (`--jitless`). */
export const webAssembly = (globalThis as unknown as { readonly WebAssembly?: WebAssemblyGlobal }).WebAssembly;
