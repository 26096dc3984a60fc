export { textClient } from './client'
export type { TextIntent } from './clientMachine'
