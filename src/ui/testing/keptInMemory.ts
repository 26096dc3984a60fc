/** The part of a browser's storage that runs use, in memory: for tests that mock `keeping/database` with it. */
export function keptInMemory() {
  const kept = new Map<string, unknown>()
  const texts = new Map<string, string>()
  return {
    kept,
    texts,
    module: {
      readKept: async (key: string) => structuredClone(kept.get(key)),
      writeKept: async (key: string, value: unknown) => void kept.set(key, structuredClone(value)),
      changeKept: async (key: string, change: (kept: unknown) => unknown) => {
        const value = change(structuredClone(kept.get(key)))
        kept.set(key, structuredClone(value))
        return value
      },
      forget: async (keys: readonly string[]) => {
        for (const key of keys) kept.delete(key)
      },
      putAside: async (key: string, data: unknown) => void kept.set(`${key}:damaged`, data),
      readText: (_: string, key: string) => texts.get(key),
      writeText: (_: string, key: string, text: string) => void texts.set(key, text),
    },
  }
}
