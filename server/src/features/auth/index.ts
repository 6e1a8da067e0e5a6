export { type Auth, makeAuth } from './service.ts'
