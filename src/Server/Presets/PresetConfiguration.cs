using System.Text.Json;
using Decant.Server.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Presets;

internal sealed class PresetConfiguration : IEntityTypeConfiguration<Preset>
{
    public void Configure(EntityTypeBuilder<Preset> preset)
    {
        preset.ToTable("Presets");
        preset.HasKey(one => new { one.AccountId, one.NormalizedName });
        preset.HasOne<Account>().WithMany().HasForeignKey(one => one.AccountId).OnDelete(DeleteBehavior.Cascade);
        // One column of JSON, as a job's request: a new field needs no migration, and nothing ever searches inside.
        preset
            .Property(one => one.Options)
            .HasConversion(
                options => JsonSerializer.Serialize(options, JsonSerializerOptions.Web),
                stored => JsonSerializer.Deserialize<PresetOptions>(stored, JsonSerializerOptions.Web)!
            );
    }
}
