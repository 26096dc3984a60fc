import english from './en/sheet'
import { topic } from './topic'

export const sheetText = topic('sheet', english)
