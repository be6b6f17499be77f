import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import type { Empty } from '@eventstore/db-client/generated/shared_pb';
import type { handleUnaryCall } from '@grpc/grpc-js';
import { writeUuid } from '../wire/messages';

export interface Member {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly isLeader: boolean;
  readonly isAlive: boolean;
}

const memberInfo = ({ id, host, port, isLeader, isAlive }: Member): MemberInfo =>
  new MemberInfo()
    .setInstanceId(writeUuid(id, 'text'))
    .setTimeStamp((BigInt(Date.now()) * 10_000n).toString())
    .setState(isLeader ? MemberInfo.VNodeState.LEADER : MemberInfo.VNodeState.FOLLOWER)
    .setIsAlive(isAlive)
    .setHttpEndPoint(new EndPoint().setAddress(host).setPort(port));

/** `Gossip`: the members of the cluster, by which clients find the leader. */
export const makeGossip = (
  members: () => ReadonlyArray<Member>,
): { readonly read: handleUnaryCall<Empty, ClusterInfo> } => ({
  read: (_call, callback) => callback(null, new ClusterInfo().setMembersList(members().map(memberInfo))),
});
