using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Decant.Server.Upkeep;

internal sealed class LookUpDayConfiguration : IEntityTypeConfiguration<LookUpDay>
{
    public void Configure(EntityTypeBuilder<LookUpDay> day)
    {
        day.ToTable("LookUpDays");
        day.HasKey(one => new
        {
            one.Day,
            one.Platform,
            one.Outcome,
        });
        day.Property(one => one.Platform).HasMaxLength(32);
        day.Property(one => one.Outcome).HasMaxLength(64);
    }
}
