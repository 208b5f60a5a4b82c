import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// A busy build machine is no reason to fail.
configure({ asyncUtilTimeout: 15_000 });

afterEach(cleanup);
