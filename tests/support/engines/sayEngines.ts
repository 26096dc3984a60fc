import { engineLine } from './find'

/** Runs once, before the tests of this folder. */
export default async function sayEngines(): Promise<void> {
  console.log(await engineLine())
}
