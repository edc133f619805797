using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Data;

/// <summary>The secrets that sign links and tokens, in the database, so that all nodes have the same ones. Versions before had them in files under the data directory, from where they are taken once.</summary>
internal sealed class SharedSecrets(IDbContextFactory<DecantDb> databases, DataDirectory directory) : StartStep
{
    private const int Length = 32;

    private byte[]? _links;
    private byte[]? _tokens;

    /// <summary>Signs links to files.</summary>
    public byte[] Links => _links ?? throw NotReady();

    /// <summary>Signs access tokens where <c>Jwt__SigningKey</c> is not set.</summary>
    public byte[] Tokens => _tokens ?? throw NotReady();

    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        _links = await ReadOrMakeAsync("link", cancellationToken);
        _tokens = await ReadOrMakeAsync("jwt", cancellationToken);
    }

    /// <summary>Reads a secret; the first who asks for it writes it.</summary>
    public async Task<byte[]> ReadOrMakeAsync(string name, byte[] proposed, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.InWriteTransactionAsync(
            async token =>
            {
                await db.PassAloneAsync($"secret:{name}", token);
                if (
                    await db.StoredSecrets.AsNoTracking().SingleOrDefaultAsync(one => one.Name == name, token) is
                    { } known
                )
                {
                    return known.Value;
                }

                db.StoredSecrets.Add(new StoredSecret { Name = name, Value = proposed });
                await db.SaveChangesAsync(token);
                return proposed;
            },
            cancellationToken
        );
    }

    private async Task<byte[]> ReadOrMakeAsync(string name, CancellationToken cancellationToken)
    {
        var file = Path.Combine(directory.Root, $"{name}.key");
        var old = File.Exists(file) ? await File.ReadAllBytesAsync(file, cancellationToken) : null;
        var stored = await ReadOrMakeAsync(name, old ?? RandomNumberGenerator.GetBytes(Length), cancellationToken);
        if (old is null)
        {
            return stored;
        }

        if (!CryptographicOperations.FixedTimeEquals(old, stored))
        {
            throw new StartRefusedException(
                $"{file} is not the key that the other nodes of the database have: what this node signed would be void. Give it a data directory of its own, or delete the file if nothing that it signed is still needed."
            );
        }

        // Once it is in the database a second place for it is only another place to lose it from.
        File.Delete(file);
        return stored;
    }

    private static InvalidOperationException NotReady() => new("The server has not started yet.");
}
