export { textClient } from './client'
export type { TextInput, TextIntent } from './clientMachine'
