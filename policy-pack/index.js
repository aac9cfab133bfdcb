// Node loads this in place of what package.json names as main, where that is not built.
console.error("leastwise: the policy pack is not built; run 'npm run build' in the checkout");
process.exit(1);
