export { startDemoForgetting, startDemoJobs } from './jobs.ts'
export { type Demo, makeDemo } from './service.ts'
