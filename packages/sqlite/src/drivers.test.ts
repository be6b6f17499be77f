import { describeDriver } from './testSupport/contract';
import { driversHere } from './testSupport/driversHere';

for (const driver of driversHere) describeDriver(driver);
