using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Data;

/// <summary>A secret of the server's own that all nodes of a database share, and that is made once.</summary>
internal sealed class StoredSecret
{
    public required string Name { get; init; }
    public required byte[] Value { get; init; }
}

internal sealed class StoredSecretConfiguration : IEntityTypeConfiguration<StoredSecret>
{
    public void Configure(EntityTypeBuilder<StoredSecret> builder)
    {
        builder.HasKey(secret => secret.Name);
        builder.Property(secret => secret.Name).HasMaxLength(32);
    }
}
