export function checkArchitecture(
  tree: string,
): Promise<{ readonly modules: number; readonly violations: readonly string[] }>
export function importsOf(file: string, code: string, kinds?: 'all' | 'values'): readonly string[]
