namespace Decant.Server.Data;

/// <summary>Marks the configuration of a table or column that only PostgreSQL has.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PostgresOnlyAttribute : Attribute;
