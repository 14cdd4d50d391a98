import type { PriceTable } from '../model/cost.js';

/**
 * The instance types whose price is known; part of PRICES, and as old.
 *
 * @see https://aws.amazon.com/ec2/pricing/on-demand/ https://docs.aws.amazon.com/ec2/latest/instancetypes/
 */
export const INSTANCE_PRICES: PriceTable['instance'] = {
  't3.small': { hour: 0.0208, cards: 3 },
  't3.medium': { hour: 0.0416, cards: 3 },
  't3.large': { hour: 0.0832, cards: 3 },
  't3.xlarge': { hour: 0.1664, cards: 4 },
  't3.2xlarge': { hour: 0.3328, cards: 4 },
  't4g.small': { hour: 0.0168, cards: 3 },
  't4g.medium': { hour: 0.0336, cards: 3 },
  't4g.large': { hour: 0.0672, cards: 3 },
  't4g.xlarge': { hour: 0.1344, cards: 4 },
  't4g.2xlarge': { hour: 0.2688, cards: 4 },
  'm5.large': { hour: 0.096, cards: 3 },
  'm5.xlarge': { hour: 0.192, cards: 4 },
  'm5.2xlarge': { hour: 0.384, cards: 4 },
  'm6i.large': { hour: 0.096, cards: 3 },
  'm6i.xlarge': { hour: 0.192, cards: 4 },
  'm6i.2xlarge': { hour: 0.384, cards: 4 },
  'm7g.large': { hour: 0.0816, cards: 3 },
  'm7g.xlarge': { hour: 0.1632, cards: 4 },
  'm7g.2xlarge': { hour: 0.3264, cards: 4 },
  'c5.large': { hour: 0.085, cards: 3 },
  'c5.xlarge': { hour: 0.17, cards: 4 },
  'c6i.large': { hour: 0.085, cards: 3 },
  'c6i.xlarge': { hour: 0.17, cards: 4 },
  'c7g.large': { hour: 0.0725, cards: 3 },
  'c7g.xlarge': { hour: 0.145, cards: 4 },
  'r5.large': { hour: 0.126, cards: 3 },
  'r6i.large': { hour: 0.126, cards: 3 },
  'r7g.large': { hour: 0.1071, cards: 3 },
};
