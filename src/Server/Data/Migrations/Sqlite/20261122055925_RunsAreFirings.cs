using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Decant.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RunsAreFirings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Jobs_Platform",
                table: "Jobs",
                column: "Platform",
                filter: "\"RunId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Jobs_Platform",
                table: "Jobs");
        }
    }
}
