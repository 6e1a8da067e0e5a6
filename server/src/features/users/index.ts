export { makeUsers, type ProfileChanged, type Users } from './service.ts'
