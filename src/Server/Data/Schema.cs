namespace Decant.Server.Data;

/// <summary>A database's schema beside this version's, by the names of migrations.</summary>
/// <param name="Applied">Migrations in the database.</param>
/// <param name="Pending">Migrations of this version that the database lacks.</param>
/// <param name="Unknown">Migrations in the database that are not of this version.</param>
internal sealed record Schema(
    IReadOnlyList<string> Applied,
    IReadOnlyList<string> Pending,
    IReadOnlyList<string> Unknown
)
{
    /// <exception cref="NewerDatabaseException">There are migrations that this version does not know.</exception>
    public void RefuseNewer()
    {
        if (Unknown.Count > 0)
        {
            throw new NewerDatabaseException(Unknown);
        }
    }
}

/// <summary>The database was upgraded by a newer version, which this one would harm.</summary>
internal sealed class NewerDatabaseException(IReadOnlyList<string> unknown)
    : Exception(
        $"the database is newer than this program: it does not know {string.Join(", ", unknown)}. Start the version that upgraded it, or restore the backup from before the upgrade."
    );
