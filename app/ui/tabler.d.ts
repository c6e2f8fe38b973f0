// The package types only its index, which would load six thousand icons on the server.
declare module '@tabler/icons-react/dist/esm/icons/*.mjs' {
  export const __iconNode: readonly (readonly [tag: string, attributes: Record<string, string>])[];
}
