using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Platforms.Circuits;

internal sealed class PlatformCircuitConfiguration : IEntityTypeConfiguration<PlatformCircuit>
{
    public void Configure(EntityTypeBuilder<PlatformCircuit> circuit)
    {
        circuit.ToTable("PlatformCircuits");
        circuit.HasKey(one => one.Platform);
        circuit.Property(one => one.Platform).HasMaxLength(32);
        circuit.Property(one => one.Code).HasMaxLength(64);
    }
}
