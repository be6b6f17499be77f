import { BlockList, isIP } from 'node:net';

const ranges = (type: 'ipv4' | 'ipv6', list: ReadonlyArray<readonly [string, number]>): BlockList => {
  const block = new BlockList();
  for (const [net, prefix] of list) block.addSubnet(net, prefix, type);
  return block;
};

/** IPv4 that is not the public Internet: the IANA special-purpose registry, multicast, and one cloud's metadata. */
const BLOCKED_V4 = ranges('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carrier-grade NAT (RFC 6598); a cloud's metadata at 100.100.100.200
  ['127.0.0.0', 8],
  ['168.63.129.16', 32], // a cloud's host agent, on an address that looks public
  ['169.254.0.0', 16], // link-local; most clouds' metadata at 169.254.169.254
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24], // 6to4 relays (RFC 7526)
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]);

/**
 * The only IPv6 that is the public Internet. What is outside needs no list of its own: loopback, link-local, unique
 * local (with a cloud's metadata at fd00:ec2::254), v4-mapped, v4-compatible, NAT64 (64:ff9b::/96, 64:ff9b:1::/48),
 * discard-only, multicast.
 */
const GLOBAL_V6 = ranges('ipv6', [['2000::', 3]]);

/** Parts of it that carry other addresses inside, or are nobody's. */
const BLOCKED_V6 = ranges('ipv6', [
  ['2001::', 23], // IETF protocol assignments, Teredo among them
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4 carries an IPv4 address
  ['3fff::', 20],
]);

/**
 * Whether an address belongs to the public Internet, so that a test call may go there without an operator's word.
 * Anything that is not plainly such an address (a zone id, not an address at all) is not.
 *
 * NAT64 with a network's own prefix can't be told from ordinary IPv6.
 */
export const isPublicAddress = (address: string): boolean => {
  if (address.includes('%')) return false;
  switch (isIP(address)) {
    case 4:
      return !BLOCKED_V4.check(address, 'ipv4');
    case 6:
      return GLOBAL_V6.check(address, 'ipv6') && !BLOCKED_V6.check(address, 'ipv6');
    default:
      return false;
  }
};
