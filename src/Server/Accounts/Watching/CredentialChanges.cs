using System.Globalization;
using System.Threading.Channels;
using Decant.Server.Data;

namespace Decant.Server.Accounts.Watching;

/// <summary>Announces that a credential of an account may be good no more; <see cref="CredentialFeed"/> checks it.</summary>
internal sealed class CredentialChanges : INodeListener
{
    private const string TheirPlace = "decant_credentials";

    private readonly Channel<long?> _accounts = Channel.CreateUnbounded<long?>(
        new UnboundedChannelOptions { SingleReader = true }
    );

    /// <summary>Accounts whose credentials are to be looked at; null: everybody's.</summary>
    public ChannelReader<long?> Reader => _accounts.Reader;

    public string Place => TheirPlace;

    /// <summary>Tells all nodes that a key or a session is taken back. To be called inside the write transaction that does it.</summary>
    public static Task TellAsync(DecantDb db, long accountId, CancellationToken cancellationToken) =>
        db.TellNodesAsync(TheirPlace, accountId.ToString(CultureInfo.InvariantCulture), cancellationToken);

    public void Hear(string message) => Look(long.Parse(message, CultureInfo.InvariantCulture));

    /// <summary>Looks on this node at an account of which a credential may have expired.</summary>
    public void Look(long accountId) => _accounts.Writer.TryWrite(accountId);

    public void MissSome() => _accounts.Writer.TryWrite(null);
}
