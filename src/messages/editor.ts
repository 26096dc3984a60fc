import english from './en/editor'
import { topic } from './topic'

export const editorText = topic('editor', english)
