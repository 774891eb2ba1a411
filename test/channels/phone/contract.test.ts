import { describeProvider } from './contract.ts'
import { drivers } from './contract-drivers.ts'

for (const driver of drivers) describeProvider(driver)
